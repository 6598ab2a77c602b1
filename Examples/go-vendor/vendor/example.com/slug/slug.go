// Package slug makes titles fit for a URL.
package slug

import (
	"strings"
	"unicode"
)

// Make returns s in lower case, with a dash for whatever is no letter or digit.
func Make(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	return strings.Join(words, "-")
}
