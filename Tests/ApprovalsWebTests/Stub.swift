import Testing
@testable import ApprovalsWeb
