namespace OrleansTicker.Tests.Hosting;

/// <summary>A folder for one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("orleansticker-").FullName;

    public string this[string name] => Path.Combine(Root, name);

    /// <summary>Writes a file with these lines.</summary>
    public string Write(string name, params IEnumerable<string> lines)
    {
        File.WriteAllText(this[name], string.Concat(lines.Select(l => l + "\n")));
        return this[name];
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
