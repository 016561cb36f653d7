"""JavaScript, TypeScript and JSX: from syntax trees to the IR."""
