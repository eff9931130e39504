using System.Text.Json;

namespace OrleansTicker.Tests.Hosting;

/// <summary>What real exchanges sent. It is not part of the repository; without it, its tests are skipped.</summary>
internal static class Recording
{
    private const string Coinbase = "coinbase-exchange-2021-04-17.tsv";

    /// <summary>A file beside the repository, by default half a minute of Coinbase. The test is skipped if it is missing.</summary>
    public static string FindOrSkip(string file = Coinbase)
    {
        var relativePath = Path.Combine("shared", "recordings", file);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, relativePath);
            if (File.Exists(path))
            {
                return path;
            }
        }

        Assert.Skip($"There is no {relativePath} beside the repository.");
        return "";
    }

    /// <summary>The last <c>ticker</c> price of each product with all its digits, parsed independently of the source.</summary>
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
