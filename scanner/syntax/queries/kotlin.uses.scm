(import (qualified_identifier) @module (identifier)? @alias) @import
(call_expression . (_) @callee) @call
(delegation_specifier (constructor_invocation (user_type) @callee) @call)
(_ (modifiers (annotation [(user_type) @decorator.name (constructor_invocation (user_type) @decorator.name)]) @decorator)) @decorated
(function_value_parameters (parameter_modifiers
  (annotation [(user_type) @decorator.name (constructor_invocation (user_type) @decorator.name)]) @decorator)) @decorated
(identifier) @identifier
