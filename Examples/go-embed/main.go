package main

import (
	"embed"
	"html/template"
	"log"
	"net/http"
)

//go:embed templates
var files embed.FS

var tmpl = template.Must(template.ParseFS(files, "templates/*.html"))

func render(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		err := tmpl.ExecuteTemplate(w, name, map[string]string{"Path": r.URL.Path})
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	}
}

func main() {
	http.HandleFunc("/", render("index.html"))
	http.HandleFunc("/about", render("about.html"))
	log.Fatal(http.ListenAndServe(":8080", nil))
}
