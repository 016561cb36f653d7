(using_declaration [(identifier) (qualified_identifier)] @module) @import
(new_expression type: (_) @callee) @call
(namespace_identifier) @identifier
