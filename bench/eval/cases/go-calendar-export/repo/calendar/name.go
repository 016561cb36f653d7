package calendar

import (
	"mime"
	"strings"
)

// disposition says under which name a browser keeps the file.
func disposition(title string) string {
	name := strings.TrimSpace(title)
	if name == "" {
		name = "calendar"
	}
	return mime.FormatMediaType("attachment", map[string]string{"filename": name + ".ics"})
}
