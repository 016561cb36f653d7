(using_directive !name [(identifier) (qualified_name) (alias_qualified_name)] @module .) @import
(using_directive name: (_) @alias [(identifier) (qualified_name) (generic_name)] @module .) @import
(invocation_expression function: (_) @callee) @call
(object_creation_expression type: (_) @callee) @call
(_ (attribute_list (attribute name: (_) @decorator.name) @decorator)) @decorated
(identifier) @identifier
