(import_declaration [(scoped_identifier) (identifier)] @module . ";") @import
(import_declaration (_) @module . (asterisk) @imported) @import
(method_invocation object: (_)? @callee.start name: (identifier) @callee) @call
(object_creation_expression type: (_) @callee) @call
(explicit_constructor_invocation constructor: (_) @callee) @call
(method_reference) @call @callee
(_ (modifiers [(marker_annotation name: (_) @decorator.name) (annotation name: (_) @decorator.name)] @decorator)) @decorated
[(identifier) (type_identifier)] @identifier
