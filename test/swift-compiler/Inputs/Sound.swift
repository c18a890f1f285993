import Foundation

let members = Set(["call", "message", "call"])
print("the set has \(members.count) members")
