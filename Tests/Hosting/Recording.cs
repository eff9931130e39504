using System.Text.Json;

namespace OrleansTicker.Tests.Hosting;

/// <summary>Half a minute of a real Coinbase feed. It is not part of the repository; without it, its tests are skipped.</summary>
internal static class Recording
{
    private static readonly string RelativePath = Path.Combine("shared", "recordings", "coinbase-exchange-2021-04-17.tsv");

    /// <summary>The file beside the repository. The test is skipped if it is missing.</summary>
    public static string FindOrSkip()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, RelativePath);
            if (File.Exists(path))
            {
                return path;
            }
        }

        Assert.Skip($"There is no {RelativePath} beside the repository.");
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
