package corpus

import (
	"errors"
	"regexp"
)

var ErrPattern = errors.New("corpus: not a pattern")

// Hit is one line of a text.
type Hit struct {
	Text string `json:"text"`
	Line int    `json:"line"`
}

// Search finds the lines that fit a pattern.
func (c *Corpus) Search(pattern string, limit int) ([]Hit, error) {
	if len(pattern) > 200 {
		return nil, ErrPattern
	}
	expression, err := regexp.Compile(pattern)
	if err != nil {
		return nil, ErrPattern
	}
	hits := []Hit{}
	for name, lines := range c.texts {
		for number, line := range lines {
			if expression.MatchString(line) {
				hits = append(hits, Hit{name, number + 1})
			}
			if len(hits) == limit {
				return hits, nil
			}
		}
	}
	return hits, nil
}
