package backup

import (
	"context"
	"os/exec"
	"strconv"
	"strings"
)

// quote makes one word of the shell out of a text.
func quote(text string) string {
	return strconv.Quote(text)
}

func line(words ...string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = quote(word)
	}
	return strings.Join(quoted, " ")
}

func pipe(ctx context.Context, left, right string) ([]byte, error) {
	return exec.CommandContext(ctx, "sh", "-c", left+" | "+right).CombinedOutput()
}
