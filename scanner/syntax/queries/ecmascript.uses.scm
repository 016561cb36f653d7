(import_statement source: (string) @module) @import
(export_statement source: (string) @module) @import
(variable_declarator name: (_)
  value: (call_expression function: (identifier) @_require arguments: (arguments . (string) @module .)) (#eq? @_require "require")) @import
(call_expression function: (_) @callee) @call
(new_expression constructor: (_) @callee) @call
(decorator (_) @decorator.name) @decorator
[(identifier) (property_identifier) (private_property_identifier) (shorthand_property_identifier) (shorthand_property_identifier_pattern)
 (statement_identifier)] @identifier
