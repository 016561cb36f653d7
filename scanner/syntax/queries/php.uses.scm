(namespace_use_declaration (namespace_use_clause . [(qualified_name) (name)] @module alias: (_)? @alias)) @import
(namespace_use_declaration (namespace_name) @module body: (namespace_use_group (namespace_use_clause . [(name) (namespace_name) (qualified_name)] @imported
  alias: (_)? @alias))) @import
(require_expression (_) @module) @import
(require_once_expression (_) @module) @import
(include_expression (_) @module) @import
(include_once_expression (_) @module) @import
(function_call_expression function: (_) @callee) @call
(member_call_expression object: (_) @callee.start name: (_) @callee) @call
(nullsafe_member_call_expression object: (_) @callee.start name: (_) @callee) @call
(scoped_call_expression scope: (_) @callee.start name: (_) @callee) @call
(object_creation_expression . [(name) (qualified_name) (variable_name)] @callee) @call
(shell_command_expression) @call @callee
(_ attributes: (attribute_list (attribute_group (attribute [(name) (qualified_name)] @decorator.name) @decorator))) @decorated
[(name) (variable_name)] @identifier
