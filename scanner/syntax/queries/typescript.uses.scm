(import_statement (import_require_clause (identifier) @alias source: (string) @module)) @import
(abstract_class_declaration decorator: (decorator (_) @decorator.name) @decorator) @decorated
(class_body (decorator (_) @decorator.name) @decorator . (decorator)* . [(method_definition) (abstract_method_signature) (method_signature)] @decorated)
(public_field_definition decorator: (decorator (_) @decorator.name) @decorator) @decorated
(required_parameter decorator: (decorator (_) @decorator.name) @decorator) @decorated
(type_identifier) @identifier
