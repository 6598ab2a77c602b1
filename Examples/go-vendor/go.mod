module example.com/notes

go 1.22

require example.com/slug v1.2.0
