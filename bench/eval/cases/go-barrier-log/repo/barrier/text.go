package barrier

import "strings"

var oneLine = strings.NewReplacer(`\r`, ` `, `\n`, ` `, `\t`, ` `)

// clean keeps a text on one line of the log.
func clean(text string) string {
	if len(text) > 200 {
		text = text[:200]
	}
	return oneLine.Replace(text)
}
