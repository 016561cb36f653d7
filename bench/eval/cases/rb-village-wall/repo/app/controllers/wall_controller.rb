class WallController < ApplicationController
  def preview
    text = params[:text].to_s.first(1000)
    render html: helpers.wall_text(text)
  end

  def create
    note = Note.create!(text: params[:text].to_s.first(1000), author: params[:author].to_s.first(60))
    redirect_to wall_path(anchor: "note-#{note.id}")
  end

  def index
    @notes = Note.order(created_at: :desc).limit(50)
  end
end
