package corpus

// Corpus holds texts by name, line by line.
type Corpus struct {
	texts map[string][]string
}

func New(texts map[string][]string) *Corpus {
	return &Corpus{texts}
}
