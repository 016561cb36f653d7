(import_spec name: (_)? @alias path: (_) @module) @import
(call_expression function: (_) @callee) @call
[(identifier) (field_identifier) (type_identifier) (package_identifier)] @identifier
