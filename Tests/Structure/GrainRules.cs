using System.Reflection;
using Orleans.Placement;
using OrleansTicker.Grains.Storage;

namespace OrleansTicker.Tests.Structure;

public sealed class GrainRules
{
    /// <summary>
    /// A grain that moves starts anew, since none carries its state along. Orleans would move those for which requests wait when their silo
    /// stops, and calls it an error where no other silo is left.
    /// </summary>
    [Fact]
    public void No_grain_moves_to_another_silo()
    {
        var grains = typeof(StorageNames).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Grain)) && !type.IsAbstract).ToList();

        Assert.NotEmpty(grains);
        Assert.All(grains, grain => Assert.Equal(ImmovableKind.Any, grain.GetCustomAttribute<ImmovableAttribute>()?.Kind));
    }
}
