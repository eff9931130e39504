using System.Text.Json;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Audit;

/// <summary>Reads the audit log of a running gateway.</summary>
internal static class AuditFolder
{
    /// <summary>All lines of a folder's files, oldest first.</summary>
    public static List<JsonElement> Read(string folder) =>
        [.. Directory.GetFiles(folder, "*.jsonl").Order(StringComparer.Ordinal).SelectMany(Lines).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>Waits for a line of an action.</summary>
    public static async Task<JsonElement> WaitForAsync(string folder, string action, bool isAllowed)
    {
        JsonElement? found = null;
        await Eventually.TrueAsync(
            () => (found = Read(folder).Cast<JsonElement?>().FirstOrDefault(line =>
                line!.Value.GetProperty("action").GetString() == action && line.Value.GetProperty("allowed").GetBoolean() == isAllowed)) is not null,
            $"a line of {action}");
        return found!.Value;
    }

    // Only complete lines: the writer may be in the middle of one.
    private static string[] Lines(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split('\n')[..^1];
    }
}
