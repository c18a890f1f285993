; What declares something: types, functions and what holds bodies, imports.
; Functions inside functions are told apart by their place.

(import_declaration) @import

(class_declaration) @type
(protocol_declaration) @type

(function_declaration) @function
(protocol_function_declaration) @function
(init_declaration) @function
(deinit_declaration) @function
(subscript_declaration) @subscript

(property_declaration) @property
(protocol_property_declaration) @property

[(comment) (multiline_comment)] @comment
