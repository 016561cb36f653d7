package register

import (
	"encoding/xml"
	"io"
)

// Entry is one baptism, wedding or burial.
type Entry struct {
	Kind string `xml:"kind,attr"`
	Year int    `xml:"year,attr"`
	Name string `xml:"name"`
}

type book struct {
	Entries []Entry `xml:"entry"`
}

// Decode reads a transcription; old ones hold entities such as &uuml;.
func Decode(r io.Reader) ([]Entry, error) {
	decoder := xml.NewDecoder(io.LimitReader(r, 5<<20))
	decoder.Strict = true
	decoder.Entity = xml.HTMLEntity
	var b book
	if err := decoder.Decode(&b); err != nil {
		return nil, err
	}
	return b.Entries, nil
}
