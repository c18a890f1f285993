; Where a PKPushRegistry is made, and what is set on one. The patterns are
; shallow on purpose: compiling a deep one takes longer than parsing a file.

((call_expression) @made
 (#begins-with? @made "PKPushRegistry(" "PKPushRegistry.init("))

((assignment) @set
 (#field-ends-with? @set target ".desiredPushTypes" ".delegate"))
