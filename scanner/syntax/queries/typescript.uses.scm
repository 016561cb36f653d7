(import_statement (import_require_clause source: (string) @module)) @import
(required_parameter decorator: (decorator (_) @decorator.name) @decorator) @decorated
(public_field_definition decorator: (decorator (_) @decorator.name) @decorator) @decorated
(class_declaration decorator: (decorator (_) @decorator.name) @decorator) @decorated
(abstract_class_declaration decorator: (decorator (_) @decorator.name) @decorator) @decorated
(type_identifier) @identifier
