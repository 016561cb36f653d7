; Captures: @import with @module, @imported, @alias; @call with @callee; @docstring; @identifier; @decorator with @decorator.name, and @decorated where
; the definition is around it: without, it belongs to the definition that follows. No pattern lets many nodes wait for one that comes after them, because
; each would stay under way until then: in such places one capture is taken apart in `scanner.syntax.imports`, or the order of places decides.
(import_statement name: (dotted_name) @module) @import
(import_statement name: (aliased_import name: (dotted_name) @module alias: (identifier) @alias)) @import
(import_from_statement module_name: (_) @module name: (dotted_name) @imported) @import
(import_from_statement module_name: (_) @module name: (aliased_import name: (dotted_name) @imported alias: (identifier) @alias)) @import
(import_from_statement module_name: (_) @module (wildcard_import) @imported) @import
(call function: (_) @callee) @call
(decorator (_) @decorator.name) @decorator
(module . (comment)* . (expression_statement . (string) @docstring .))
(class_definition body: (block . (comment)* . (expression_statement . (string) @docstring .)))
(function_definition body: (block . (comment)* . (expression_statement . (string) @docstring .)))
(identifier) @identifier
