(command name: (command_name) @_source . argument: (_) @module (#any-of? @_source "source" ".")) @import
(command name: (command_name) @callee) @call
[(variable_name) (command_name)] @identifier
(function_definition name: (word) @identifier)
