(import_statement (import_clause (identifier) @alias) source: (string) @module) @import
(import_statement (import_clause (namespace_import (identifier) @alias)) source: (string) @module) @import
(import_statement (import_clause (named_imports (import_specifier name: (_) @imported alias: (identifier)? @alias))) source: (string) @module) @import
(import_statement . source: (string) @module) @import
(export_statement (export_clause (export_specifier name: (_) @imported alias: (_)? @alias)) source: (string) @module) @import
(export_statement "*" @imported source: (string) @module) @import
(variable_declarator name: (identifier) @alias
  value: (call_expression function: (identifier) @_require arguments: (arguments . (string) @module .)) (#eq? @_require "require")) @import
(variable_declarator name: (object_pattern (shorthand_property_identifier_pattern) @imported)
  value: (call_expression function: (identifier) @_require arguments: (arguments . (string) @module .)) (#eq? @_require "require")) @import
(variable_declarator name: (object_pattern (pair_pattern key: (_) @imported value: (identifier) @alias))
  value: (call_expression function: (identifier) @_require arguments: (arguments . (string) @module .)) (#eq? @_require "require")) @import
(call_expression function: (_) @callee) @call
(new_expression constructor: (_) @callee) @call
(export_statement decorator: (decorator (_) @decorator.name) @decorator declaration: (_) @decorated)
(class_declaration decorator: (decorator (_) @decorator.name) @decorator) @decorated
[(identifier) (property_identifier) (private_property_identifier) (shorthand_property_identifier) (shorthand_property_identifier_pattern)
 (statement_identifier)] @identifier
