import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// The same for everybody who has no business here, whatever he asked for.
    static var unauthorized: Response { refusal(.unauthorized) }

    static func refusal(_ status: HTTPResponse.Status, _ text: String? = nil) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text ?? "\(status.code) \(status.reasonPhrase)\n")))
    }

    static func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    static func bytes(_ bytes: [UInt8], type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// After a form: the browser gets the page that shows what became of it.
    static func seeOther(_ path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path])
    }
}
