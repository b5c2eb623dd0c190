' Fills in a review copy as somebody would in LibreOffice, and saves it as Word and as OpenDocument.
Sub Fill(source As String, target As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  For number = 0 To document.TextTables.Count - 1
    table = document.TextTables.getByIndex(number)
    For Each name In table.getCellNames()
      FillCell(table.getCellByName(name))
    Next
  Next
  fields = document.TextFields.createEnumeration()
  While fields.hasMoreElements()
    entry = fields.nextElement()
    If entry.supportsService("com.sun.star.text.TextField.Input") Then
      If HasKey(entry.Anchor.Text.String, "4e") Then entry.Content = "I like it there & <so> do they"
    End If
  Wend
  find = document.createSearchDescriptor()
  find.SearchString = "I was glad to meet you"
  found = document.findFirst(find)
  document.RecordChanges = True
  found.String = "I was pleased to meet you"
  document.RecordChanges = False
  Dim saving(0) As New com.sun.star.beans.PropertyValue
  saving(0).Name = "FilterName" : saving(0).Value = "MS Word 2007 XML"
  document.storeToURL(target & ".docx", saving())
  saving(0).Value = "writer8"
  document.storeToURL(target & ".odt", saving())
  document.close(True)
  again = StarDesktop.loadComponentFromURL(target & ".odt", "_blank", 0, hidden())
  saving(0).Value = "MS Word 2007 XML"
  again.storeToURL(target & "-again.docx", saving())
  again.close(True)
  StarDesktop.terminate()
End Sub

Function HasKey(words As String, key As String) As Boolean
  HasKey = InStr(" " & Replace(words, Chr(10), " ") & " ", " " & key & " ") > 0
End Function

Sub FillCell(cell)
  words = cell.String
  paragraphs = cell.createEnumeration()
  While paragraphs.hasMoreElements()
    portions = paragraphs.nextElement().createEnumeration()
    While portions.hasMoreElements()
      portion = portions.nextElement()
      If portion.TextPortionType = "ContentControl" Then FillControl(portion.ContentControl, words)
    Wend
  Wend
End Sub

Sub FillControl(control, words As String)
  If control.Checkbox Then
    If HasKey(words, "2a") Or HasKey(words, "3c") Or HasKey(words, "G1c") Then
      control.Checked = True
      PutWords(control, Chr(9746))
    End If
  ElseIf HasKey(words, "3d") Then
    PutWords(control, "Dr Ngozi Okafor (GP)")
  ElseIf HasKey(words, "D1a") Then
    PutWords(control, "16 May 2026")
  End If
End Sub

Sub PutWords(control, words As String)
  inside = control.createEnumeration()
  inside.nextElement().setString(words)
  control.ShowingPlaceHolder = False
End Sub
