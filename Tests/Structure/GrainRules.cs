using System.Reflection;
using Orleans.Placement;
using OrleansTicker.Grains.Storage;

namespace OrleansTicker.Tests.Structure;

public sealed class GrainRules
{
    /// <summary>
    /// No grain migrates its state, so a grain that moves would start again. Orleans moves grains with waiting requests when their silo stops, and
    /// logs an error if no other silo is left.
    /// </summary>
    [Fact]
    public void No_grain_moves_to_another_silo()
    {
        var grains = typeof(StorageNames).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Grain)) && !type.IsAbstract).ToList();

        Assert.NotEmpty(grains);
        Assert.All(grains, grain => Assert.Equal(ImmovableKind.Any, grain.GetCustomAttribute<ImmovableAttribute>()?.Kind));
    }
}
