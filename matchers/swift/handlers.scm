; PushKit's delegate methods, and the method that SDKs hand pushes on to. Which
; of them receives a push is decided by the labels (Handlers.cpp).

((function_declaration) @function
 (#any-field-of? @function name "pushRegistry" "managedPush"))
