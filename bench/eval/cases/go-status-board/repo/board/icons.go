package board

import "html/template"

var icons = map[string]string{
	"up":   `<svg viewBox="0 0 8 8"><path d="M0 8 4 0 8 8z"/></svg>`,
	"down": `<svg viewBox="0 0 8 8"><path d="M0 0 4 8 8 0z"/></svg>`,
}

func icon(state string) template.HTML {
	return template.HTML(icons[state])
}
