namespace OrleansTicker.Tests.Grains.Prices;

/// <summary>A folder that lives as long as a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("prices-");

    public string this[string name] => Path.Combine(_folder.FullName, name);

    /// <summary>Writes a file of these lines.</summary>
    public string Write(string name, params IEnumerable<string> lines)
    {
        File.WriteAllText(this[name], string.Concat(lines.Select(l => l + "\n")));
        return this[name];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
