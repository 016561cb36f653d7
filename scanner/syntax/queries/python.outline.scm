; Captures: @def.<kind> a definition, @name its name, @params its parameters, @body its body.
(function_definition name: (identifier) @name parameters: (parameters) @params body: (block) @body) @def.function
(class_definition name: (identifier) @name body: (block) @body) @def.class
(module (expression_statement (assignment left: (identifier) @name right: (lambda parameters: (lambda_parameters)? @params body: (_) @body)) @def.function))
(module (expression_statement (assignment left: (identifier) @name) @def.variable))
(class_definition body: (block (expression_statement (assignment left: (identifier) @name) @def.variable)))
