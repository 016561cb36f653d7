(module name: (_) @name body: (_)? @body) @def.namespace
(class name: (_) @name body: (_)? @body) @def.class
(method name: (_) @name parameters: (method_parameters)? @params body: (_)? @body) @def.function
(singleton_method name: (_) @name parameters: (method_parameters)? @params body: (_)? @body) @def.function
(call method: (identifier) @_define arguments: (argument_list . [(simple_symbol) (string)] @name)
  block: (_ parameters: (block_parameters)? @params body: (_)? @body) (#any-of? @_define "define_method" "define_singleton_method")) @def.function
(assignment left: (constant) @name right: (call block: (_ body: (_)? @body))) @def.scope
(assignment left: (identifier) @name right: (lambda parameters: (_)? @params body: (_) @body)) @def.function
(assignment left: (constant) @name right: (lambda parameters: (_)? @params body: (_) @body)) @def.function
(assignment left: (constant) @name) @def.variable
