package board

import "html/template"

var page = template.Must(template.New("board").Funcs(template.FuncMap{"icon": icon}).Parse(`<!doctype html>
<title>{{.Name}}</title>
<h1>{{icon .State}} {{.Name}}</h1>
<p>State: {{.State}}</p>
`))
