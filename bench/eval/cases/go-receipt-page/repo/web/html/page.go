// Package html renders our pages; templates escape what they print.
package html

import (
	"io"
	"text/template"
)

var pages = template.Must(template.New("receipt").Parse(`<!doctype html>
<title>Receipt {{.Number}}</title>
<h1>Receipt {{.Number}}</h1>
<table>{{range .Lines}}<tr><td>{{.Text}}</td><td>{{.Cents}}</td></tr>{{end}}</table>
<p class="note">{{.Note}}</p>
`))

// Render writes the page of that name.
func Render(w io.Writer, name string, data any) error {
	return pages.ExecuteTemplate(w, name, data)
}
