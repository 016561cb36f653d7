package calendar

import (
	"fmt"
	"net/http"
	"time"
)

type Event struct {
	ID    string
	Start time.Time
	Text  string
}

// Export writes events as an iCalendar file.
func Export(events func(r *http.Request) []Event) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		title := r.FormValue("title")
		w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
		w.Header().Set("Content-Disposition", disposition(title))
		fmt.Fprint(w, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//club//calendar//EN\r\n")
		for _, event := range events(r) {
			fmt.Fprintf(w, "BEGIN:VEVENT\r\nUID:%s\r\nDTSTART:%s\r\nSUMMARY:%q\r\nEND:VEVENT\r\n",
				event.ID, event.Start.UTC().Format("20060102T150405Z"), event.Text)
		}
		fmt.Fprint(w, "END:VCALENDAR\r\n")
	}
}
