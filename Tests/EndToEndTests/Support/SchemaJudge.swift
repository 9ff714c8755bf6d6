import LabSupport
import Testing

/// JSON Schemas, and what somebody else's implementation of them says to documents: Debian's `python3-jsonschema`.
enum SchemaJudge {
    /// What `ad-user-sync schema` prints.
    static func schema(_ name: String, _ arguments: String...) async throws -> String {
        let run = try await Program.run(["schema", name] + arguments, in: try TemporaryFolder())
        return run.ended(with: 0).output
    }

    /// For each document what is wrong with it; nothing where the schema lets it pass.
    static func faults(of documents: [JSON], in schema: String) async throws -> [[String]] {
        let program = """
            import json, sys, jsonschema
            task = json.load(sys.stdin)
            jsonschema.Draft7Validator.check_schema(task["schema"])
            judge = jsonschema.Draft7Validator(task["schema"])
            print(json.dumps([[error.message for error in judge.iter_errors(document)] for document in task["documents"]]))
            """
        let task: JSON = ["schema": try JSON(parsing: schema), "documents": .array(documents)]
        return try JSON(parsing: await python(program, task)).elements.map(\.strings)
    }

    /// Of every example and default in the schema, those that the schema they stand in does not let pass.
    static func wrongExamples(in schema: String) async throws -> (count: Int, faults: [String]) {
        let program = """
            import json, sys, jsonschema
            count, faults = 0, []
            def walk(schema):
                global count
                if isinstance(schema, list):
                    for part in schema: walk(part)
                if not isinstance(schema, dict): return
                judge = jsonschema.Draft7Validator(schema)
                if isinstance(schema.get("description"), str):
                    for value in schema.get("examples", []) + ([schema["default"]] if "default" in schema else []):
                        count += 1
                        faults.extend(f"{value}: {error.message}" for error in judge.iter_errors(value))
                for part in schema.values(): walk(part)
            walk(json.load(sys.stdin))
            print(json.dumps([count, faults]))
            """
        let answer = try JSON(parsing: await python(program, try JSON(parsing: schema)))
        return (answer[0].number ?? 0, answer[1].strings)
    }

    private static func python(_ program: String, _ input: JSON) async throws -> [UInt8] {
        var python = Subprocess("/usr/bin/python3", ["-s", "-W", "ignore", "-c", program])
        python.input = try input.bytes
        return try await python.succeed().output
    }
}
