; PushKit's delegate methods, and the method that SDKs hand pushes on to. Which
; of them receives a push is decided by the labels (Handlers.cpp).

((function_declaration
   name: (simple_identifier) @name
   body: (function_body)) @function
 (#any-of? @name "pushRegistry" "managedPush"))
