class Note < ApplicationRecord
  validates :text, presence: true, length: { maximum: 1000 }
  validates :author, length: { maximum: 60 }

  def initials
    author.to_s.split.map { |word| word[0] }.join
  end
end
