using System.Text.Json;

namespace OrleansTicker.Tests.Hosting;

/// <summary>Half a minute of what Coinbase really sent. It is no part of the repository; where it is absent its tests are skipped.</summary>
internal static class Recording
{
    private static readonly string Place = Path.Combine("shared", "recordings", "coinbase-exchange-2021-04-17.tsv");

    /// <summary>The file beside the repository, or the end of the test.</summary>
    public static string FindOrSkip()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, Place);
            if (File.Exists(path))
            {
                return path;
            }
        }

        Assert.Skip($"There is no {Place} beside the repository.");
        return "";
    }

    /// <summary>The last <c>ticker</c> price of each product, digit by digit, read by other means than the source's own.</summary>
    public static Dictionary<string, string> LastPrices(string path)
    {
        var last = new Dictionary<string, string>();
        foreach (var line in File.ReadLines(path))
        {
            using var message = JsonDocument.Parse(line.Split('\t', 2)[1]);
            if (message.RootElement.GetProperty("type").GetString() == "ticker")
            {
                last[message.RootElement.GetProperty("product_id").GetString()!] = message.RootElement.GetProperty("price").GetString()!;
            }
        }

        return last;
    }
}
