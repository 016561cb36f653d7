module WallHelper
  ADDRESS = %r{https://[\w./-]+}

  # residents' own text, made into HTML by hand
  def wall_text(text)
    escaped = ERB::Util.html_escape(text)
    linked = escaped.gsub(ADDRESS) { |address| %(<a href="#{address}" rel="nofollow">#{address}</a>) }
    linked.gsub(/\r?\n/, "<br>").html_safe
  end
end
