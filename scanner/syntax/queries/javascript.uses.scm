(class_declaration decorator: (decorator (_) @decorator.name) @decorator) @decorated
(method_definition decorator: (decorator (_) @decorator.name) @decorator) @decorated
(field_definition decorator: (decorator (_) @decorator.name) @decorator) @decorated
