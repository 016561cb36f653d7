(mod_item name: (_) @name body: (_) @body) @def.namespace
(struct_item name: (_) @name body: (_)? @body) @def.class
(enum_item name: (_) @name body: (_) @body) @def.class
(union_item name: (_) @name body: (_) @body) @def.class
(trait_item name: (_) @name body: (_) @body) @def.class
(impl_item type: (_) @name body: (_) @body) @def.impl
(function_item name: (_) @name parameters: (_) @params body: (_) @body) @def.function
(function_signature_item name: (_) @name parameters: (_) @params) @def.function
(macro_definition name: (_) @name) @def.function
(let_declaration pattern: (identifier) @name value: (closure_expression parameters: (_) @params body: (_) @body)) @def.function
(const_item name: (_) @name) @def.variable
(static_item name: (_) @name) @def.variable
