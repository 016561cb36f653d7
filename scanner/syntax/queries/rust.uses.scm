(use_declaration argument: (_) @module) @import
(call_expression function: (_) @callee) @call
(macro_invocation macro: (_) @callee) @call
(attribute_item (attribute . (_) @decorator.name)) @decorator
[(identifier) (field_identifier) (type_identifier) (shorthand_field_identifier)] @identifier
