package store

import (
	"fmt"
	"strings"
)

type condition struct {
	clauses []string
	args    []any
}

// add appends a condition; the placeholder's number is written into it.
func (c *condition) add(clause string, value any) {
	c.args = append(c.args, value)
	c.clauses = append(c.clauses, fmt.Sprintf(clause, len(c.args)))
}

func (c *condition) where() string {
	if len(c.clauses) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(c.clauses, " AND ")
}
