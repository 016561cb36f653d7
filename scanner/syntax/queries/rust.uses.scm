(use_declaration argument: (_) @module) @import
(call_expression function: (_) @callee) @call
(macro_invocation macro: (_) @callee) @call
((attribute_item (attribute . (_) @decorator.name)) @decorator . [(attribute_item) (line_comment) (block_comment)]* .
  [(function_item) (struct_item) (enum_item) (impl_item) (mod_item) (trait_item) (const_item) (static_item) (function_signature_item)] @decorated)
[(identifier) (field_identifier) (type_identifier) (shorthand_field_identifier)] @identifier
