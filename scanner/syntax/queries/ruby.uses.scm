(call !receiver method: (identifier) @_require arguments: (argument_list . (string) @module)
  (#any-of? @_require "require" "require_relative" "load" "autoload")) @import
(call receiver: (_)? @callee.start method: (_) @callee) @call
(subshell) @call @callee
[(identifier) (constant) (instance_variable) (class_variable) (global_variable)] @identifier
