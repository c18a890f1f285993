; Where a PKPushRegistry is made, and what is set on one.

((call_expression
   . (simple_identifier) @callee) @made
 (#any-of? @callee "PKPushRegistry"))

((call_expression
   . (navigation_expression
       target: (simple_identifier) @callee
       suffix: (navigation_suffix suffix: (simple_identifier) @init))) @made
 (#any-of? @callee "PKPushRegistry")
 (#any-of? @init "init"))

((assignment
   target: (directly_assignable_expression
     (navigation_expression
       suffix: (navigation_suffix suffix: (simple_identifier) @member)))) @set
 (#any-of? @member "desiredPushTypes" "delegate"))
