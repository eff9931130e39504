using System.Runtime.CompilerServices;
using System.Text;

namespace OrleansTicker.History.Formats;

/// <summary>Reads the records of a CSV file (RFC 4180). Lines may also end with a line feed alone; empty ones are skipped.</summary>
/// <param name="text">The file.</param>
internal sealed class CsvRecords(TextReader text)
{
    /// <summary>How long a record may be, so that a quotation mark that is never closed does not take all memory.</summary>
    private const int LongestRecord = 65_536;

    private long _line;

    /// <summary>Reads them in order.</summary>
    public async IAsyncEnumerable<CsvRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await text.ReadLineAsync(cancellationToken) is { } line)
        {
            var start = ++_line;
            if (line.Length == 0)
            {
                continue;
            }

            var whole = line;
            while (IsOpen(whole) && whole.Length < LongestRecord && await text.ReadLineAsync(cancellationToken) is { } next)
            {
                _line++;
                whole = $"{whole}\n{next}";
            }

            yield return Split(start, whole);
        }
    }

    // A record goes on in the next line if a quotation mark was opened and not closed; a doubled one opens and closes.
    private static bool IsOpen(string record) => record.Count(character => character == '"') % 2 == 1;

    private static CsvRecord Split(long line, string record)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var position = 0;
        while (true)
        {
            field.Clear();
            if (position < record.Length && record[position] == '"' && !TakeQuoted(record, ref position, field))
            {
                return new CsvRecord(line, fields, "a quotation mark is not closed, or something follows it");
            }

            while (position < record.Length && record[position] != ',')
            {
                if (record[position] == '"')
                {
                    return new CsvRecord(line, fields, "a quotation mark stands within a field");
                }

                field.Append(record[position++]);
            }

            fields.Add(field.ToString());
            if (position >= record.Length)
            {
                return new CsvRecord(line, fields, null);
            }

            position++; // The comma.
        }
    }

    private static bool TakeQuoted(string record, ref int position, StringBuilder field)
    {
        for (position++; position < record.Length; position++)
        {
            if (record[position] != '"')
            {
                field.Append(record[position]);
            }
            else if (position + 1 < record.Length && record[position + 1] == '"')
            {
                field.Append('"');
                position++;
            }
            else
            {
                position++;
                return position == record.Length || record[position] == ',';
            }
        }

        return false;
    }
}
