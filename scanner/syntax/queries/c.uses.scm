(preproc_include path: (_) @module) @import
(call_expression function: (_) @callee) @call
[(identifier) (field_identifier) (type_identifier)] @identifier
