using System.Text.Json;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Deploy;

/// <summary>What an image of the Dockerfile does when it is run.</summary>
/// <param name="User">Who it runs as.</param>
/// <param name="Folder">Where.</param>
/// <param name="Entrypoint">What it runs, word by word.</param>
/// <param name="Writable">The folders that it has to be able to write to: <c>/tmp</c>, and what the image makes for that.</param>
internal sealed record ImageStage(string User, string Folder, string[] Entrypoint, HashSet<string> Writable)
{
    private static readonly string[] Shells = ["sh", "ash", "bash", "busybox", "dash", "ksh", "zsh"];

    public static bool IsShell(string program) => Shells.Contains(Path.GetFileName(program));

    /// <summary>Reads a stage. An instruction in the form that goes through a shell is an error here.</summary>
    public static ImageStage Of(string target)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "deploy", "Dockerfile"))
            .SkipWhile(line => !(line.StartsWith("FROM ", StringComparison.Ordinal) && line.EndsWith($" AS {target}", StringComparison.Ordinal)))
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("FROM ", StringComparison.Ordinal))
            .Select(line => line.Split(' ', 2))
            .ToLookup(words => words[0], words => words[^1]);
        var folder = Assert.Single(lines["WORKDIR"]);
        return new ImageStage(
            Assert.Single(lines["USER"]),
            folder,
            JsonSerializer.Deserialize<string[]>(Assert.Single(lines["ENTRYPOINT"]))!,
            [
                "/tmp",
                .. lines["RUN"].SelectMany(command => command.Split("&&", StringSplitOptions.TrimEntries))
                    .Where(command => command.StartsWith("mkdir ", StringComparison.Ordinal))
                    .Select(command => $"{folder}/{command.Split(' ')[^1]}"),
            ]);
    }
}
